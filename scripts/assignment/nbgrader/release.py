"""
Has nbgrader make the students' version of an assignment, with its own preprocessors: release.py COURSE ASSIGNMENT.
"""

import logging
import sys

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(message)s")
course, assignment = sys.argv[1:]
config = Config()
config.CourseDirectory.root = course
config.CourseDirectory.assignment_id = assignment
# what stands in an answer's place: the `throw unanswered(…)` behind it remains as the only statement
config.ClearSolutions.code_stub = {"typescript": ""}
config.GenerateAssignment.force = True

try:
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
except NbGraderException as error:
    sys.exit(str(error))
