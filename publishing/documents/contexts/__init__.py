"""
From an object to what its papers say.

The keys are the Chinese names of the fields: a clerk who opens a template in Word reads ``{{ 项目名称 }}``, and a blank
is reported by the same name. Values are texts, or lists of such contexts for the rows of a table; ``bool`` steers what
appears at all.
"""
