#!/bin/sh
# Repairs a collection with GNU parallel: the lines are cut into shares at their ends, each share goes through a process
# of its own, and the answers come out in the order of the lines, byte for byte what one process gives.
#
#   parallel.sh < pages.jsonl > repaired.jsonl
#
# With --sshlogin the shares go to other machines, which need the program on their path. Memory stays that of a share a
# process, however long the collection. A share in which something was found ends with 1 and one with a line that is no
# object with 2: neither is a reason to stop, so only what is above counts.
parallel --pipe --keep-order --block "${BLOCK:-10M}" --no-notice \
    "${COLUMNIST:-columnist} fix --jsonl; test \$? -le 2"
