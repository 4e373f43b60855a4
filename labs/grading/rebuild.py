"""How a submission is read, and put together anew: nothing of it is trusted but the text of the cells in which students write.

See nbgrader_config.py, which puts these parts in place.
"""

import html
import os

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

# Larger files are not read: the notebook of a lab has some 50 kB, with outputs less than a megabyte.
LARGEST_NOTEBOOK = 50_000_000
# Cells that a student may add.
MOST_EXTRA_CELLS = 100


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
        if not isinstance(notebook.get("metadata"), dict):
            notebook.metadata = nbformat.NotebookNode()
        return notebook
    except Exception as error:  # whatever a broken file makes of the reader
        return empty(error)


def empty(error):
    return new_notebook(metadata={"ferlab": {"unreadable": f"{type(error).__name__}: {str(error)[:200]}"}})


def plain(value):
    """The same without halves of characters, which can't be written to a file."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return nbformat.from_dict({plain(key): plain(part) for key, part in value.items()})
    return [plain(part) for part in value] if isinstance(value, list) else value


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
            text = "\n".join(f"- {html.escape(note)}" for note in notes)
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
        own, extras, last, count = {}, {}, None, 0
        for cell in nb.cells:
            source = cell.get("source")
            source = plain(source) if isinstance(source, str) else ""
            name = grade_id_of(cell)
            if name in known:
                own[name] = source
                last = name
                continue
            count += 1
            if count > MOST_EXTRA_CELLS:
                continue
            if cell.get("cell_type") == "code":
                extras.setdefault(last, []).append(new_code_cell(source))
            elif cell.get("cell_type") == "markdown":
                # Markup of a student stays text in a teacher's browser.
                extras.setdefault(last, []).append(new_markdown_cell(source.replace("<", "&lt;")))
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
        if len(nb.cells) - len(names) > MOST_EXTRA_CELLS:
            notes.append(f"of the cells that were added the first {MOST_EXTRA_CELLS} were kept")
        return notes
