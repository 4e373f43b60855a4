# nbgrader for the labs: copy it into the folder of your course, or start nbgrader in labs/out/course with
#   nbgrader --config ../../nbgrader_config.py ...
c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "ferlab"
# The same words as in the copies that `npm run labs` writes.
c.ClearSolutions.code_stub = {"typescript": "throw new Error('not written yet');"}
# An endless loop ends here; then its cells score nothing, and the next notebook is graded.
c.Execute.timeout = 120
