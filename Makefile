# What each target does: make help

SWIFT ?= swift
RELEASE := -c release --static-swift-stdlib

.DEFAULT_GOAL := help
.PHONY: help deps build demo test lint check counterparts bench soak clean

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

deps: ## install what is missing: system libraries (with sudo where not root)
	@./.ci/deps

build: deps ## build the command: .build/release/tenure
	$(SWIFT) build $(RELEASE) --product tenure

demo: build ## scan a generated estate with policies/ and say what was found
	@./.ci/demo

test: ## run the tests
	@./.ci/deps tests
	$(SWIFT) test

lint: ## check the format of all sources
	$(SWIFT) format lint --strict -r Sources Tests Package.swift

# Every suite with a fuzzer. CEL and YAML take the time that is set, the others a part of it.
FUZZERS := FuzzTests

check: lint test ## lint, warnings as errors, tests, a minute of fuzzing a language, and tests under the thread sanitizer
	TENURE_FUZZ_SECONDS=60 $(SWIFT) test --skip-build --filter $(FUZZERS)
	$(SWIFT) test --sanitize=thread --scratch-path .build/sanitized

counterparts: build ## try the twin and the scanner with clients and servers that others wrote (installs them)
	./Tests/Counterparts/run.sh

bench: build ## measure against other tools (installs them)
	$(SWIFT) build $(RELEASE) --product EvaluationBench
	$(SWIFT) build $(RELEASE) --product AuditLogBench
	./Tests/Benchmarks/run.sh

soak: ## the long campaigns: fuzzers and large properties
	@./.ci/deps tests
	TENURE_SOAK=1 $(SWIFT) test -c release -Xswiftc -enable-testing
	TENURE_FUZZ_SECONDS=600 $(SWIFT) test -c release -Xswiftc -enable-testing --skip-build --filter $(FUZZERS)

clean: ## remove what was built
	rm -rf .build
