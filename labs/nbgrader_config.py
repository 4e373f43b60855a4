# nbgrader for the labs. `npm run labs` puts it into labs/out/course; for another folder of a course, write there
#   load_subconfig("/path/to/ferlab/labs/nbgrader_config.py")
import os
import sys

# traitlets loads this file with its path in __file__.
grading = os.path.join(os.path.dirname(os.path.realpath(__file__)), "grading")
sys.path.insert(0, grading)

import sandbox  # noqa: E402
import submissions  # noqa: E402
from ferlab_grading import GradingExecute  # noqa: E402
from nbgrader import preprocessors as stock  # noqa: E402
from rebuild import ForgivingExporter, RebuildCells  # noqa: E402

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "ferlab"
# On the hub all students are one user of the system; hub/collect.py sees to who handed in what.
c.ExchangeCollect.check_owner = False
# The same words as in the copies that `npm run labs` writes.
c.ClearSolutions.code_stub = {"typescript": "throw new Error('not written yet');"}

# Submissions run in a sandbox, whatever kernel they name.
sandbox.offer_kernel()
if "autograde" in sys.argv:
    sandbox.demand()
    submissions.tame()
c.GradingExecute.kernel_name = sandbox.KERNEL
# An endless loop ends here; its cell scores nothing, and grading goes on. No cell of a lab needs half as long. Later cells of
# the same submission get less, and all of them together what follows. These are seconds of a machine that does nothing else:
# time in which other programs held the processors does not count, up to half of all.
c.GradingExecute.timeout = 120
c.GradingExecute.later_timeout = 30
c.GradingExecute.total_seconds = 600
# A machine that does other work may be slow to start a kernel, and to pass a cell's outputs on.
c.GradingExecute.startup_timeout = 600
c.GradingExecute.iopub_timeout = 30

c.Autograde.exporter_class = ForgivingExporter
c.Autograde.sanitize_preprocessors = [
    RebuildCells,
    stock.ClearOutput,
    stock.DeduplicateIds,
    stock.OverwriteKernelspec,
    stock.OverwriteCells,
    stock.CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    GradingExecute,
    stock.LimitOutput,
    stock.SaveAutoGrades,
    stock.AssignLatePenalties,
    stock.CheckCellMetadata,
]
