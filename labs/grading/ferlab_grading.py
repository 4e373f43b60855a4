"""What nbgrader needs to grade labs of people nobody knows: see nbgrader_config.py, which puts these parts in place.

Whatever was handed in, grading ends with a grade and a reason. Nothing of a submission is trusted but the text of the
cells in which students write: the rest comes from the release.
"""

import os

import nbformat
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from sandbox import SandboxKernelManager
from traitlets import Integer

# Larger files are not read: the notebook of a lab has some 50 kB, with outputs less than a megabyte.
LARGEST_NOTEBOOK = 50_000_000


class ForgivingExporter(NotebookExporter):
    """Takes a file that is no notebook for an empty one, so that it is graded with 0 and a reason."""

    def from_filename(self, filename, resources=None, **kw):
        if os.path.islink(filename) or not os.path.isfile(filename):
            return self.from_notebook_node(empty(ValueError("it is no ordinary file")), resources=resources, **kw)
        return super().from_filename(filename, resources=resources, **kw)

    def from_file(self, file_stream, resources=None, **kw):
        return self.from_notebook_node(read_notebook(file_stream), resources=resources, **kw)


def read_notebook(file_stream):
    """The notebook of an open file; an empty one that says why, if there is none in it."""
    try:
        if os.fstat(file_stream.fileno()).st_size > LARGEST_NOTEBOOK:
            raise ValueError("it is too large")
        notebook = nbformat.read(file_stream, as_version=4)
        [cell.cell_type for cell in notebook.cells]
        return notebook
    except Exception as error:  # whatever a broken file makes of the reader
        return empty(error)


def empty(error):
    return new_notebook(metadata={"ferlab": {"unreadable": f"{type(error).__name__}: {str(error)[:200]}"}})


def grade_id_of(cell):
    own = cell.get("metadata", {}).get("nbgrader") if isinstance(cell.get("metadata"), dict) else None
    name = own.get("grade_id") if isinstance(own, dict) else None
    return name if isinstance(name, str) else None


def is_solution(cell):
    return cell.metadata.nbgrader.get("solution", False)


class RebuildCells(NbGraderPreprocessor):
    """Puts a submission together anew: the release's cells in its order, with the student's text where students write.

    Cells that a student added stay behind the one that they followed. Deleted, moved and changed cells, points and
    kernel come back by this; what was put back is said at the top.
    """

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        released = self.released(place["assignment"], place["notebook"])
        own, extras = self.sort_out(nb, {grade_id_of(cell) for cell in released.cells})
        notes = self.notes(nb, released, own)
        cells = list(extras.get(None, []))
        for cell in released.cells:
            name = grade_id_of(cell)
            if is_solution(cell) and name in own:
                cell.source = own[name]
            cells += [cell, *extras.get(name, [])]
        if notes:
            text = "\n".join(f"- {note}" for note in notes)
            cells.insert(0, new_markdown_cell(f"**Put back before grading**\n\n{text}"))
        released.cells = cells
        return released, resources

    def released(self, assignment, notebook):
        course = CourseDirectory(parent=self, config=self.config)
        folder = course.format_path(course.release_directory, ".", assignment)
        return nbformat.read(os.path.join(folder, f"{notebook}.ipynb"), as_version=4)

    @staticmethod
    def sort_out(nb, known):
        """The text of the release's cells by name, the last of several; and the student's own cells by what they follow."""
        own, extras, last = {}, {}, None
        for cell in nb.cells:
            source = cell.get("source")
            source = source if isinstance(source, str) else ""
            name = grade_id_of(cell)
            if name in known:
                own[name] = source
                last = name
            elif cell.get("cell_type") == "code":
                extras.setdefault(last, []).append(new_code_cell(source))
            elif cell.get("cell_type") == "markdown":
                extras.setdefault(last, []).append(new_markdown_cell(source))
        return own, extras

    @staticmethod
    def notes(nb, released, own):
        unreadable = nb.metadata.get("ferlab", {}).get("unreadable") if isinstance(nb.metadata.get("ferlab", {}), dict) else None
        if unreadable:
            return [f"the file that was handed in is no notebook ({unreadable}): it was graded as an empty one"]
        notes = []
        kernel = nb.metadata.get("kernelspec", {})
        if not isinstance(kernel, dict) or kernel.get("name") != released.metadata.kernelspec.name:
            notes.append("the kernel was another one: the lab's own was used")
        for cell in released.cells:
            name = grade_id_of(cell)
            if name not in own:
                notes.append(f"the cell {name} was missing")
            elif not is_solution(cell) and own[name].strip() != cell.source.strip():
                notes.append(f"the cell {name} was changed: the original was used")
        names = [grade_id_of(cell) for cell in nb.cells if grade_id_of(cell) in own]
        order = [grade_id_of(cell) for cell in released.cells if grade_id_of(cell) in own]
        if names != order:
            notes.append("cells were in another order, or came twice: the lab's order was used")
        return notes


def failure(name, message):
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])


class GradingExecute(Execute):
    """Runs a submission in the sandbox's kernel. Every graded cell ends with a number of points, or with an error."""

    total_seconds = Integer(600, help="Seconds after which the cells that are left are not run any more.").tag(config=True)
    grace_seconds = Integer(5, help="Seconds in which a cell has to end after it was interrupted.").tag(config=True)

    # What a check begins with: a student's own `grade` in an earlier cell must not answer.
    OPENING = "import { grade } from 'ferlab/labs';\n"

    def __init__(self, *args, **options):
        options.setdefault("kernel_manager_class", SandboxKernelManager)
        super().__init__(*args, **options)

    def preprocess(self, nb, resources=None, km=None):
        self.lost = None
        self.seconds = 0.0
        return super().preprocess(nb, resources, km)

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type != "code":
            return cell, resources
        if self.lost is None:
            self.run(cell, index)
        elif cell.source.strip():
            cell.outputs = [failure("NotRun", self.lost)]
        self.demand_points(cell)
        return cell, resources

    def run(self, cell, index):
        points = self.points_of(cell)
        written = cell.source
        if points is not None:
            cell.source = self.OPENING + written
        try:
            self.execute_cell(cell, index, store_history=True)
            self.give_up_if_busy(cell)
        except (DeadKernelError, CellTimeoutError, RuntimeError) as error:
            died = isinstance(error, DeadKernelError) or not self.kernel_lives()
            problem = "it ended the kernel, or used more memory than there is" if died else "it held up the kernel after its end"
            cell.outputs = [*cell.outputs, failure("DeadKernel", problem)]
            self.lose(f"an earlier cell could not be survived: {problem}")
        finally:
            cell.source = written

    def give_up_if_busy(self, cell):
        """A cell that goes on after its interrupt would hold up all that follow."""
        if not any(output.output_type == "error" and output.ename == "CellTimeoutError" for output in cell.outputs):
            return
        for output in cell.outputs:
            if output.output_type == "error" and output.ename == "CellTimeoutError" and not output.evalue:
                output.evalue = f"the cell took longer than {self.timeout} s"
                output.traceback = [f"CellTimeoutError: {output.evalue}"]
        self.seconds += self.timeout
        if not self.answers():
            self.lose("an earlier cell did not end, not even when it was interrupted")
        elif self.seconds >= self.total_seconds:
            self.lose(f"the earlier cells took longer than {self.total_seconds} s")

    def answers(self):
        """Whether the kernel is ready for the next cell."""
        try:
            message = self.kc.kernel_info()
            self.wait_for_reply(message)
            return True
        except Exception:
            return False

    def kernel_lives(self):
        return run_sync(self.km.is_alive)()

    def lose(self, reason):
        self.lost = reason
        run_sync(self.km.shutdown_kernel)(now=True)

    @staticmethod
    def points_of(cell):
        own = cell.metadata.get("nbgrader", {})
        return float(own["points"]) if own.get("grade") and not own.get("solution") else None

    def demand_points(self, cell):
        """nbgrader gives full marks to a cell without a value: here that is a failure."""
        most = self.points_of(cell)
        if most is None or any(output.output_type == "error" for output in cell.outputs):
            return
        values = [output.data.get("text/plain", "") for output in cell.outputs if output.output_type == "execute_result"]
        try:
            fits = len(values) == 1 and 0 <= float(values[0]) <= most
        except ValueError:
            fits = False
        if not fits:
            cell.outputs = [*cell.outputs, failure("NoPoints", "the check did not come to its end")]
