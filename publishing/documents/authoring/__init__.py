"""
The program that writes the Word templates: ``python manage.py write_templates``.

A clerk may edit a template in Word; whoever changes the wording for good changes it here, where it can be reviewed.
"""
