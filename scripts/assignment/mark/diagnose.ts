import type { Asked } from "../../../lib/assignment/ask";
import { slipsIn, slipsOf } from "../../../lib/assignment/slips";
import { given, inside, libExport, listOf } from "./arguments";
import { AnswerProblem, type Exam, type Part, type Slip } from "./part";

/**
 * The known mistakes that a part's answers equal, by what they give on the inputs of the students' check. The student's
 * process tells it, so it says nothing about marks.
 */
export async function diagnose({ diagnosis }: Part, exam: Exam): Promise<readonly Slip[]> {
  if (!diagnosis) return [];
  const { assignment, question, answers } = diagnosis;
  const known = slipsOf(assignment).filter((slip) => slip.question === question);
  if (known.length === 0) return [];
  const questions = libExport(`assignment/questions/${assignment.toLowerCase()}`, "questions");
  try {
    const [asked] = await exam.call(libExport("assignment/ask", "askByName"), [
      inside(questions),
      given(question),
      listOf(answers.map((name) => inside({ defined: name }))),
    ]);
    const found = slipsIn(question, asked as unknown as readonly Asked[], known);
    return found.map(({ id, wrong, read }) => ({ question, id, wrong, read }));
  } catch (error) {
    if (error instanceof AnswerProblem || error instanceof TypeError) return [];
    throw error;
  }
}
