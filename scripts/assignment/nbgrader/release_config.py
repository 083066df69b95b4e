"""How `npm run assignment -- release` has nbgrader make the students' version: nbgrader's own preprocessors, told that
answers are TypeScript. The course's folder comes on the command line."""

c = get_config()  # noqa: F821

# what stands in an answer's place: the `throw unanswered(…)` that follows it is left as the only statement
c.ClearSolutions.code_stub = {"typescript": ""}
c.ClearSolutions.text_stub = ""
