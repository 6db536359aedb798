"""Repairs a collection that outgrows one machine: every worker of a Spark cluster pipes its share through `columnist`.

    spark-submit spark.py pages.jsonl repaired

`pages.jsonl` holds one object a line, {"id": ..., "text": ...}: a file, a folder of files, or an address that Spark
reads. `repaired` becomes a folder of parts which, one after the other, hold the answers in the order of the lines: byte
for byte what one process gives. The program has to be on every worker, on the path or where COLUMNIST says; a share
that it could not answer at all fails the job, a single line that is no object is answered with its error.
"""

import os
import subprocess
import sys
import threading

from pyspark.sql import SparkSession

COLUMNIST = os.environ.get("COLUMNIST", "columnist")


def repair(lines):
    """The answers to some lines, while they still come in: no share is ever held in memory."""
    command = [COLUMNIST, "fix", "--jsonl"]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        with program.stdin:
            for line in lines:
                program.stdin.write(line.encode() + b"\n")

    feeder = threading.Thread(target=feed)
    feeder.start()
    for answer in program.stdout:
        yield answer.decode().rstrip("\n")
    feeder.join()
    if program.wait() not in (0, 1, 2):
        raise RuntimeError(f"{COLUMNIST} ended with {program.returncode}")


def main(source, target):
    spark = SparkSession.builder.appName("columnist").getOrCreate()
    lines = spark.sparkContext.textFile(source, minPartitions=spark.sparkContext.defaultParallelism)
    lines.mapPartitions(repair).saveAsTextFile(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
