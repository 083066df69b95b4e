"""Marks that were computed elsewhere, put where nbgrader looks for them. Nothing of a notebook is executed."""

import json
from pathlib import Path

from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode


class WithMarks(NbGraderPreprocessor):
    """Knows the marks of a submission by its grade cells."""

    folder = Unicode(help="Where the marks lie, STUDENT.json each.").tag(config=True)

    def marks(self, resources):
        """{"cells": {grade_id: {"text", "points", "byHand"?, "noLongerByHand"?}}, "latePenalty"}"""
        file = Path(self.folder, f"{resources['nbgrader']['student']}.json")
        return json.loads(file.read_text(encoding="utf-8"))


class OutsideMarks(WithMarks):
    """In place of Execute: each grade cell shows what is said about its part, and the points as its result."""

    def preprocess(self, nb, resources):
        marks = self.marks(resources)["cells"]
        for cell in nb.cells:
            if utils.is_grade(cell):
                mark = marks[cell.metadata.nbgrader.grade_id]
                points = new_output("execute_result", data={"text/plain": repr(mark["points"])}, execution_count=1)
                cell.outputs = [new_output("stream", name="stdout", text=mark["text"]), points]
                cell.execution_count = 1
        return nb, resources


class OutsideAdjustments(WithMarks):
    """
    In place of AssignLatePenalties, after SaveAutoGrades: points that the teacher gave by hand are nbgrader's manual
    score, and what late days cost is its late penalty. A manual score that was entered in nbgrader stays.
    """

    def preprocess(self, nb, resources):
        marks = self.marks(resources)
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            for grade in notebook.grades:
                self.adjust(grade, marks["cells"].get(grade.name, {}))
            notebook.late_submission_penalty = marks["latePenalty"] or None
            gradebook.db.commit()
        return nb, resources

    @staticmethod
    def adjust(grade, mark):
        if "byHand" in mark:
            grade.manual_score = mark["byHand"]
            grade.needs_manual_grade = False
        elif grade.manual_score is not None and grade.manual_score == mark.get("noLongerByHand"):
            grade.manual_score = None
            grade.needs_manual_grade = False
