"""
Puts a class's marks into nbgrader's gradebook and writes its feedback pages, in one process for all.

Reads from stdin {"course", "assignment", "submitted", "feedback", "marks"}: the course's folder, the assignment's id,
and, relative to the course, the folders of the prepared notebooks and of the pages to be written, and that of the marks.
Writes to stdout a line for each notebook that is done, and to stderr what nbgrader warns of.
"""

import json
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from feedback_page import FeedbackPage  # noqa: E402
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor  # noqa: E402
from nbgrader.api import Gradebook, MissingEntry  # noqa: E402
from nbgrader.converters import Autograde, GenerateFeedback  # noqa: E402
from nbgrader.converters.base import NbGraderException  # noqa: E402
from nbgrader.coursedir import CourseDirectory  # noqa: E402
from nbgrader.preprocessors import (  # noqa: E402
    CheckCellMetadata,
    ClearHiddenTests,
    GetGrades,
    LimitOutput,
    SaveAutoGrades,
)
from nbgrader.utils import parse_utc  # noqa: E402
from outside_marks import OutsideAdjustments, OutsideMarks  # noqa: E402
from traitlets.config import Config  # noqa: E402

NOT_RELEASED = 3


def progress(**_):
    print("done", flush=True)


def settings(job):
    config = Config()
    config.CourseDirectory.root = job["course"]
    config.CourseDirectory.assignment_id = job["assignment"]
    config.CourseDirectory.submitted_directory = job["submitted"]
    config.CourseDirectory.feedback_directory = job["feedback"]
    for preprocessor in ("OutsideMarks", "OutsideAdjustments"):
        config[preprocessor].folder = str(Path(job["course"], job["marks"]))
    config.Autograde.autograde_preprocessors = [
        OutsideMarks,
        LimitOutput,
        SaveAutoGrades,
        OutsideAdjustments,
        CheckCellMetadata,
    ]
    config.GenerateFeedback.exporter_class = FeedbackPage
    config.FeedbackPage.exclude_input_prompt = config.FeedbackPage.exclude_output_prompt = True
    # students are not shown what the hidden tests are
    config.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]
    for converter in ("Autograde", "GenerateFeedback"):
        config[converter].force = True
        config[converter].post_convert_hook = progress
    return config


def drop_unreadable_times(job):
    """A time that nbgrader cannot read would keep the submission out."""
    for file in Path(job["course"], job["submitted"]).glob("*/*/timestamp.txt"):
        try:
            parse_utc(file.read_text(encoding="utf-8").strip())
        except (ValueError, OverflowError):
            file.unlink()


def main():
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(message)s")
    job = json.load(sys.stdin)
    config = settings(job)
    coursedir = CourseDirectory(config=config)
    try:
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            gradebook.find_assignment(job["assignment"])
    except MissingEntry:
        return NOT_RELEASED
    drop_unreadable_times(job)
    for converter in (Autograde, GenerateFeedback):
        try:
            converter(coursedir=coursedir, config=config).start()
        except NbGraderException as error:
            print(error, file=sys.stderr)  # the others are done; who is missing is seen by the files
    return 0


sys.exit(main())
