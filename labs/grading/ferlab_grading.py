"""How the cells of a submission run: see nbgrader_config.py, which puts this in place.

Whatever was handed in, grading ends with a grade and a reason.
"""

import html
import re
import secrets
from queue import Empty

import nbformat
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from own_time import OwnTime
from rebuild import plain
from sandbox import SandboxKernelManager
from traitlets import Integer

# What a page that a teacher opens shows of a student's output: nothing that can hold a script.
PICTURES = ("image/png", "image/jpeg")
SHOWN = {"text/plain", *PICTURES}
BASE64 = re.compile(r"[A-Za-z0-9+/]+=*")


def shown(output):
    """An output that can be written to a file and be shown on a teacher's page."""
    output = plain(output)
    if output.output_type in ("display_data", "execute_result"):
        output.data = with_alternative({kind: text for kind, text in output.data.items() if kind in SHOWN and isinstance(text, str)})
        output.metadata = {}
    try:
        nbformat.validate(output, ref=output.output_type, version=4)
        return output
    except nbformat.ValidationError:
        return new_output("stream", name="stdout", text="an output that can't be shown was left out\n")


def with_alternative(data):
    """The same with a picture as HTML of our own, whose alternative text is the output's text: nbgrader's pages give it none."""
    text = data.get("text/plain", "")
    for kind in PICTURES:
        picture = "".join(data.get(kind, "").split())
        if BASE64.fullmatch(picture):
            words = html.escape(text or "a picture")
            return {"text/html": f'<img src="data:{kind};base64,{picture}" alt="{words}">', "text/plain": text}
    return {kind: value for kind, value in data.items() if kind not in PICTURES}


def failure(name, message):
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])


class GradingExecute(Execute):
    """Runs a submission in the sandbox's kernel. Every graded cell ends with a number of points, or with an error."""

    total_seconds = Integer(600, help="Seconds after which the cells that are left are not run any more.").tag(config=True)
    later_timeout = Integer(30, help="Limit of the cells after one that ran into the timeout, in seconds.").tag(config=True)
    grace_seconds = Integer(5, help="Seconds in which a cell has to end after it was interrupted.").tag(config=True)

    # What a check begins with: a student's own `grade` in an earlier cell must not answer.
    OPENING = "import { grade } from 'ferlab/labs';\n"

    def __init__(self, *args, **options):
        options.setdefault("kernel_manager_class", SandboxKernelManager)
        super().__init__(*args, **options)

    def preprocess(self, nb, resources=None, km=None):
        self.lost = None
        self.seconds = 0.0
        self.key = None
        patience = self.timeout
        try:
            return super().preprocess(nb, resources, km)
        finally:
            self.timeout = patience

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type != "code":
            return cell, resources
        if self.key is None:
            self.tell_key()
        if self.lost is None:
            self.clock = OwnTime(self.km.provisioner.pid)
            self.run(cell, index)
            self.seconds += self.clock.seconds()
        elif cell.source.strip():
            cell.outputs = [failure("NotRun", self.lost)]
        if self.lost is None and self.seconds >= self.total_seconds:
            self.lose(f"the earlier cells took longer than {self.total_seconds} s")
        self.demand_points(cell)
        cell.outputs = [shown(output) for output in cell.outputs]
        return cell, resources

    def tell_key(self):
        """The first line of the lab's own cells, which the kernel learns before any code of a student runs."""
        self.key = f"// {secrets.token_hex(16)}"
        self.wait_for_reply(self.kc.execute(self.key, silent=True))

    def run(self, cell, index):
        written = cell.source
        if self.is_own(cell):
            opening = self.OPENING if self.points_of(cell) is not None else ""
            cell.source = f"{self.key}\n{opening}{written}"
        try:
            self.execute_cell(cell, index, store_history=True)
            self.give_up_if_busy(cell)
        except (DeadKernelError, CellTimeoutError, RuntimeError) as error:
            died = isinstance(error, DeadKernelError) or not self.kernel_lives()
            problem = "it ended the kernel, or used more memory than there is" if died else "it held up the kernel after its end"
            cell.outputs = [*cell.outputs, failure("DeadKernel", problem)]
            self.lose(f"an earlier cell could not be survived: {problem}")
        except Exception as error:  # whatever a cell displays, nbclient has to read it
            cell.outputs = [failure("Unreadable", f"what the cell displays can't be read ({type(error).__name__})")]
        finally:
            cell.source = written

    async def _async_poll_for_reply(self, msg_id, *place):
        self.awaited = msg_id
        return await super()._async_poll_for_reply(msg_id, *place)

    async def _async_handle_timeout(self, timeout, cell=None):
        """nbclient's hook for a cell whose time is over: time in which other programs held the processors is given back."""
        while cell is not None and (left := timeout - self.clock.seconds()) > 0.1:
            try:
                message = await self.kc.shell_channel.get_msg(timeout=min(left, 5))
                if message["parent_header"].get("msg_id") == self.awaited:
                    return message
            except Empty:
                await self._async_check_alive()
        return await super()._async_handle_timeout(timeout, cell)

    def give_up_if_busy(self, cell):
        """A cell that goes on after its interrupt would hold up all that follow."""
        if not any(output.output_type == "error" and output.ename == "CellTimeoutError" for output in cell.outputs):
            return
        for output in cell.outputs:
            if output.output_type == "error" and output.ename == "CellTimeoutError" and not output.evalue:
                output.evalue = f"the cell took longer than {self.timeout} s"
                output.traceback = [f"CellTimeoutError: {output.evalue}"]
        self.timeout = min(self.timeout, self.later_timeout)
        if not self.answers():
            self.lose("an earlier cell did not end, not even when it was interrupted")

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
    def is_own(cell):
        """Whether the lab wrote the cell, and no student."""
        own = cell.metadata.get("nbgrader", {})
        return "grade_id" in own and not own.get("solution")

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
