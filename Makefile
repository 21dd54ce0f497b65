# Everything a person needs, one word each. On a bare machine with the Swift toolchain:
#   make demo    installs the Debian packages it needs, builds, transcribes a recording
#   make test    the same, and runs every test

PREFIX ?= /usr/local
DESTDIR ?=

SHELL = /bin/bash
.SHELLFLAGS = -e -o pipefail -c
SWIFT ?= swift
UTTER = .build/release/utter

# What the program is built on and, for the tests, what they call.
LIBRARIES = libasound2-dev libopenblas-dev libsndfile1-dev libsoxr-dev libssl-dev zlib1g-dev \
  libxcb1-dev libxcb-xtest0-dev libxcb-xinput-dev libxcb-xkb-dev libxkbcommon-x11-dev libsystemd-dev
TEST_TOOLS = ffmpeg systemd pulseaudio pulseaudio-utils libasound2-plugins xvfb xdotool xinput \
  sxhkd i3-wm xterm mousepad nano xclip imagemagick x11-xkb-utils x11-xserver-utils sway foot \
  wtype wl-clipboard grim kwin-wayland qtwayland5 xdg-desktop-portal xdg-desktop-portal-kde dbus \
  curl fonts-dejavu-core gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user valgrind binutils

RECORDINGS = Tests/Fixtures/audio

.PHONY: deps build demo test test-threads test-desktops soak fuzz record-instructions lint bench \
  install uninstall clean

deps:
	@.ci/install-packages pkg-config $(LIBRARIES)

build: deps
	$(SWIFT) build -c release --product utter

demo: build
	@echo
	$(UTTER) transcribe $(RECORDINGS)/digits_03.flac

test: deps
	@.ci/install-packages $(TEST_TOOLS)
	$(SWIFT) build -c release --build-tests
	@for example in TranscribeFile Dictate; do \
	  $(SWIFT) build --package-path "Examples/$$example" --scratch-path .build/examples \
	    --product "$$example"; \
	done
	@$(SWIFT) test -c release --skip-build 2>&1 | tee .build/test.log \
	  || { echo; echo "What failed:"; grep -A 3 '✘.* recorded an issue' .build/test.log; exit 1; }

# ThreadSanitizer over what several threads share: the microphone, the engine, the socket server.
test-threads: deps
	@.ci/install-packages $(TEST_TOOLS)
	$(SWIFT) build --sanitize=thread --build-tests --scratch-path .build-threads
	$(SWIFT) test --sanitize=thread --skip-build --scratch-path .build-threads \
	  --filter '^(AudioTests|ServiceTests)\.'

# A day of dictation compressed: hundreds in a row, a thousand taps, and for some minutes everything
# that goes wrong on a desktop. Memory, descriptors and threads are printed at the end.
MINUTES ?= 20
soak: deps
	@.ci/install-packages $(TEST_TOOLS)
	$(SWIFT) build -c release --build-tests
	UTTER_SOAK_MINUTES=$(MINUTES) UTTER_SOAK_DICTATIONS=200 UTTER_SOAK_TAPS=1000 \
	  $(SWIFT) test -c release --skip-build --filter 'SoakTests|EnduranceTests'

# KDE Plasma 6 and GNOME 48 of Debian 13, in a root of their own (3 GB): hold a key, speak, and see
# the words, COUNT times in a row. For root.
COUNT ?= 100
test-desktops: deps
	@.ci/install-packages debootstrap
	Tests/Desktops/run $(COUNT)

# Every parser of bytes from outside, with libFuzzer: `make fuzz SECONDS=600 TARGETS="tar zip"`.
SECONDS = 60
TARGETS =
fuzz: deps
	UTTER_FUZZ=1 $(SWIFT) build -c release --sanitize=fuzzer -Xcc -fsanitize=fuzzer-no-link \
	  --product utter-fuzz --scratch-path .build-fuzz
	.ci/fuzz .build-fuzz/release/utter-fuzz $(SECONDS) $(TARGETS)

# What the tests compare the engine's instruction counts with.
record-instructions: deps
	@.ci/install-packages $(TEST_TOOLS)
	UTTER_RECORD_INSTRUCTIONS=1 $(SWIFT) test -c release --filter InstructionTests

lint:
	@.ci/install-packages clang-format
	$(SWIFT) format lint --strict --recursive Sources Tests Examples Package.swift
	find Sources Tests -name '*.[ch]' -o -name '*.inc' | xargs clang-format --dry-run --Werror
	@.ci/check-lines

bench: build
	$(UTTER) bench --synthetic parakeet-tdt-0.6b-v2

# The installed program needs no Swift toolchain: the runtime is linked into it. install(1) sets
# every mode, whatever the umask is.
install: build
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build-install --product utter
	$(SWIFT) package --allow-writing-to-package-directory generate-manual --multi-page
	install -D -m 755 .build-install/release/utter "$(DESTDIR)$(PREFIX)/bin/utter"
	for page in .build/plugins/GenerateManual/outputs/utter/*.1; do \
	  install -D -m 644 "$$page" \
	    "$(DESTDIR)$(PREFIX)/share/man/man1/$$(basename "$$page" .1 | tr . -).1"; \
	done
	for file in models/starter-en/*; do \
	  install -D -m 644 "$$file" "$(DESTDIR)$(PREFIX)/share/utter/$$file"; \
	done
	for unit in utter.service utter.socket utter-type.service utter-hotkey.service \
	  utter-watch@.service; do \
	  sed 's|/usr/local/bin/|$(PREFIX)/bin/|' "systemd/$$unit" | \
	    install -D -m 644 /dev/stdin "$(DESTDIR)$(PREFIX)/lib/systemd/user/$$unit"; \
	done
	install -D -m 644 systemd/org.utter.Utter.desktop \
	  "$(DESTDIR)$(PREFIX)/share/applications/org.utter.Utter.desktop"
	for shell in bash/bash-completion/completions/utter zsh/zsh/site-functions/_utter \
	  fish/fish/vendor_completions.d/utter.fish; do \
	  .build-install/release/utter --generate-completion-script "$${shell%%/*}" | \
	    install -D -m 644 /dev/stdin "$(DESTDIR)$(PREFIX)/share/$${shell#*/}"; \
	done

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/utter" "$(DESTDIR)$(PREFIX)/share/man/man1/utter.1" \
	  "$(DESTDIR)$(PREFIX)/share/man/man1/utter-"*.1 \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/utter" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_utter" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/utter.fish" \
	  "$(DESTDIR)$(PREFIX)/lib/systemd/user/utter.service" \
	  "$(DESTDIR)$(PREFIX)/lib/systemd/user/utter.socket" \
	  "$(DESTDIR)$(PREFIX)/lib/systemd/user/utter-type.service" \
	  "$(DESTDIR)$(PREFIX)/lib/systemd/user/utter-hotkey.service" \
	  "$(DESTDIR)$(PREFIX)/lib/systemd/user/utter-watch@.service"
	rm -f "$(DESTDIR)$(PREFIX)/share/applications/org.utter.Utter.desktop"
	rm -rf "$(DESTDIR)$(PREFIX)/share/utter"

clean:
	rm -rf .build .build-install .build-threads .build-fuzz
