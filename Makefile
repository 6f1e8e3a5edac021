# hc: programs in bin/, one library in lib/ (see README.md).
#
# Everything made goes below $(BUILD); another BUILD with other CFLAGS is
# how the sanitizer and fuzzing builds are made.

VERSION = 0.1.0
BUILD ?= build
PREFIX ?= /usr/local
PROVE_JOBS ?= 2

CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wundef \
	-Wno-missing-field-initializers
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CPPFLAGS_HC = -D_GNU_SOURCE -Ilib -Ibin -I$(BUILD)/gen \
	-DHC_VERSION='"$(VERSION)"' -DHC_PREFIX='"$(PREFIX)"'
COMPILE = $(CC) -std=gnu11 $(CPPFLAGS_HC) $(CFLAGS) $(HARDEN) $(WARN) $(WERROR) -MMD -MP
LINK = $(CC) $(CFLAGS) $(LDFLAGS) -pie -Wl,-z,relro,-z,now -Wl,--as-needed
# A program gets only those of these libraries that it really uses.
LIBS = -lsqlite3 -lcsv -lutf8proc -lsodium -ljansson -linih -lcurl \
	-lmicrohttpd -lxlsxwriter -lpthread -lm -lzip -lexpat -lseccomp

LIB_SRC := $(sort $(wildcard lib/*/*.c))
GEN_SRC := $(patsubst scripts/gen-%,$(BUILD)/gen/%.c,$(sort $(wildcard scripts/gen-*)))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(GEN_SRC:.c=.o) $(BUILD)/gen/embed.o
PROGRAMS := $(notdir $(basename $(wildcard bin/hc.c bin/hc-*.c)))
FRAME_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(PROGRAMS:%=bin/%.c),$(wildcard bin/*.c)))
EMBEDDED := $(sort $(wildcard lib/catalogue/*.tsv lib/store/*.sql lib/web/*.css lib/web/*.html))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/*.c)))
TOOLS := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/bin/*.c tests/tools/*.c)))
PRELOAD := $(patsubst %.c,$(BUILD)/%.so,$(sort $(wildcard tests/preload/*.c)))
BENCH := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(sort $(wildcard tests/bench/*.c)))
MO := $(BUILD)/share/locale/ja/LC_MESSAGES/hc.mo

all: $(PROGRAMS:%=$(BUILD)/bin/%) $(MO)

$(BUILD)/bin/%: $(BUILD)/bin/%.o $(BUILD)/libframe.a $(BUILD)/libhc.a
	$(LINK) -o $@ $< $(BUILD)/libframe.a $(BUILD)/libhc.a $(LIBS)

# What the programs share (bin/program.h, bin/office.h).
$(BUILD)/libframe.a: $(FRAME_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(FRAME_OBJ)

$(BUILD)/libhc.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

# What scripts/gen-NAME prints becomes NAME.c (tables from Unicode data).
$(BUILD)/gen/%.c: scripts/gen-%
	@mkdir -p $(@D)
	scripts/gen-$* >$@.new
	@mv $@.new $@

$(BUILD)/gen/fold.c: lib/base/variants.tsv

$(BUILD)/gen/embed.c: scripts/embed $(EMBEDDED)
	@mkdir -p $(@D)
	scripts/embed $(EMBEDDED) >$@.new
	@mv $@.new $@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(COMPILE) -c -o $@ $<

$(MO): lib/po/ja.po
	@mkdir -p $(@D)
	msgfmt -o $@ $<

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libhc.a
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@.o $<
	$(LINK) -o $@ $@.o $(BUILD)/libhc.a $(LIBS) -lcmocka

$(BUILD)/tests/bench/%: tests/bench/%.c $(BUILD)/libhc.a
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@.o $<
	$(LINK) -o $@ $@.o $(BUILD)/libhc.a $(LIBS)

# Programs that only tests run, made like those of bin/.
$(TOOLS): $(BUILD)/%: %.c $(BUILD)/libframe.a $(BUILD)/libhc.a
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@.o $<
	$(LINK) -o $@ $@.o $(BUILD)/libframe.a $(BUILD)/libhc.a $(LIBS)

# What tests load into programs with LD_PRELOAD; never with a sanitizer.
$(PRELOAD): $(BUILD)/%.so: %.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE -O1 -g -fPIC -shared $(WARN) \
	    -Wno-missing-prototypes $(WERROR) -o $@ $<

$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(BUILD)/libhc.a
	@mkdir -p $(@D)
	$(COMPILE) -Wno-missing-prototypes -c -o $@.o $<
	$(LINK) -fsanitize=fuzzer -o $@ $@.o $(BUILD)/libhc.a $(LIBS)

test-programs: all $(UNIT) $(TOOLS) $(BENCH) $(PRELOAD)

demo:
	scripts/demo

check:
	scripts/check

lint:
	scripts/lint

asan:
	scripts/check asan

tsan:
	scripts/check tsan

valgrind:
	scripts/check valgrind

soak:
	scripts/check soak

fuzz:
	scripts/fuzz

bench: test-programs
	scripts/bench

install: all
	scripts/install-files "$(BUILD)" "$(DESTDIR)" "$(PREFIX)"

clean:
	rm -rf build

.PHONY: all test-programs demo check lint asan tsan valgrind soak fuzz bench install clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(FRAME_OBJ:.o=.d) $(PROGRAMS:%=$(BUILD)/bin/%.d)
