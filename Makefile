# The tasks of the project; each sets up .venv by itself. They live in .ci/task, for machines without make.
GOLD ?=
SCORER ?=

.PHONY: run test test-spark check bench goldens examples ontology tagger screenshots errors

run test test-spark check bench goldens examples ontology tagger screenshots:
	@sh .ci/task $@

errors:
	@sh .ci/task errors $(if $(GOLD),"$(GOLD)") $(if $(SCORER),--scorer "$(SCORER)")
