# The checkout's own Node, which setup/prepare installs where the machine has none or an old one, goes first.
# With NODE=22 it is that Node instead, for the tests on all that packdial supports; setup/prepare installs it beside.
NODE :=
export PATH := $(if $(NODE),$(CURDIR)/.runtime/$(NODE)/node_modules/.bin:)$(CURDIR)/.runtime/node_modules/.bin:$(PATH)

SOURCES := $(shell find src -type f -o -type d) $(wildcard fonts/*.ttf) build.mjs setup/keep-compiled.cjs tsconfig.json package.json package-lock.json

# For deb: the processor that the package is for, as Debian calls it; by default this machine's.
ARCH ?=

# Those of package.json.
MAJORS := 22 24 26

# For install the public key that updates are checked with, for release and release-key the private one.
KEY ?=

.PHONY: help run install uninstall deb release release-key test test-system test-appliance test-newcomer test-deb test-arm test-provisioning test-majors test-long bench soak lint site build format clean prepare

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: build ## set up, build and start the display; settings go in ARGS="--source simulate"
	@dist/packdial.js run $(ARGS)

# As root: first what would keep it from its end, then the packages of the system, then the build as the checkout's owner.
install: ## with sudo: make this machine a display that starts at power on; ARGS="--source can" sets it up
	@KEY='$(KEY)' setup/check-install '$(DESTDIR)' $(ARGS)
	@setup/prepare packages
	@setup/as-owner $(MAKE) --no-print-directory build
	@KEY='$(KEY)' setup/install '$(DESTDIR)' $(ARGS)

uninstall: ## with sudo: undo that; settings and data stay unless ARGS=--purge
	@setup/uninstall $(ARGS)

deb: build ## make a Debian package, which apt install ./release/packdial_*.deb installs; ARCH=arm64 for another processor
	@setup/prepare deb $(ARCH)
	@$(if $(filter-out $(shell dpkg --print-architecture 2>/dev/null),$(ARCH)),setup/cross '$(ARCH)')
	@setup/package $(ARCH)

release: build ## make a signed archive that displays update to, a Debian package, bill of materials and checksums; KEY=path/to/private.pem
	@setup/describe-release check
	@setup/release '$(KEY)'
	@setup/prepare deb
	@setup/package
	@setup/describe-release release

release-key: prepare ## make the pair of keys that releases are signed and checked with; KEY=path/to/private.pem
	@setup/release-key '$(KEY)'

test: build ## set up, build and run the tests; ARGS="..." goes to jest, NODE=22 is another Node
	@$(if $(NODE),setup/prepare node '$(NODE)')
	@node_modules/.bin/jest $(ARGS)

test-system: build ## test with real brokers, viewers and browsers; ARGS="..." goes to jest
	@setup/prepare system
	@node_modules/.bin/jest --config jest.system.config.json $(ARGS)

test-appliance: build ## test the installed display in a virtual machine; ARGS="..." goes to jest
	@setup/prepare appliance
	@node_modules/.bin/jest --config jest.appliance.config.json $(ARGS)

bench: build ## measure speed and memory
	@npm run --silent bench

soak: build ## live through a week in minutes and watch the memory; SOAK_DAYS=2 for less
	@npm run --silent soak

test-provisioning: deb ## as root: run the play of provisioning/ twice against machines with systemd and SSH
	@[ "$$(id -u)" -eq 0 ] || { echo 'packdial: only root can make a machine of its own; use sudo make test-provisioning' >&2; exit 2; }
	@setup/prepare provisioning
	@cd provisioning && ansible-lint --offline --nocolor play.yml
	@node_modules/.bin/jest --config jest.provisioning.config.json $(ARGS)

test-newcomer: prepare ## as root: walk a new owner's way on bare Debian 12 and 13; NEWCOMERS=trixie/owner for one
	@[ "$$(id -u)" -eq 0 ] || { echo 'packdial: only root can make a bare Debian; use sudo make test-newcomer' >&2; exit 2; }
	@setup/prepare newcomer
	@node_modules/.bin/jest --config jest.newcomer.config.json $(ARGS)

test-deb: deb ## as root: install the Debian package on bare Debian 12 and 13 and in a virtual machine; DEBIANS=trixie for one
	@[ "$$(id -u)" -eq 0 ] || { echo 'packdial: only root can make a bare Debian; use sudo make test-deb' >&2; exit 2; }
	@setup/prepare test-deb
	@node_modules/.bin/jest --config jest.debian.config.json $(ARGS)

test-arm: ARCH := arm64
test-arm: deb ## as root: the package for arm64 on bare Debian 12 and 13, and unit tests there, all emulated; ARGS=rooms for a part
	@[ "$$(id -u)" -eq 0 ] || { echo 'packdial: only root can make a bare Debian; use sudo make test-arm' >&2; exit 2; }
	@setup/prepare arm
	@test/arm/register-emulator
	@node_modules/.bin/jest --config jest.arm.config.json $(ARGS)

test-majors: build ## an hour of history with each supported Node, and 1,000 starts of it; MAJORS_MINUTES=5 for less
	@for major in $(MAJORS); do setup/prepare node "$$major" || exit; done
	@npm run --silent majors -- $(patsubst %,.runtime/%/node_modules/.bin/node,$(MAJORS))

test-long: build ## kill the writers of log and history 1,000 times each, and cut the power 100 times (hours)
	@setup/prepare appliance
	@KILLS=1000 node_modules/.bin/jest test/io/recorders/kill test/io/recorders/log-kill
	@POWER_CUTS=100 node_modules/.bin/jest --config jest.appliance.config.json power-cut

lint: prepare ## look for mistakes and formatting to correct
	@npm run --silent lint

site: prepare ## make a site of static files of the README and docs/, in dist-site/
	@node site/build-site.mjs

build: dist/packdial.js ## set up and bundle the program into dist/

format: prepare ## rewrite all files in the project's format
	@npm run --silent format

clean: ## remove what was built; installed packages stay
	rm -rf dist dist-bench dist-site coverage

prepare:
	@setup/prepare

dist/packdial.js: $(SOURCES) | prepare
	@setup/announced 'building packdial' 8 npm run --silent build
