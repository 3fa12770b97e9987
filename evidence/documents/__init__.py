"""The reference documents, written from the declarations: rules, parameters, fields, measures, claims, schemas of files."""
