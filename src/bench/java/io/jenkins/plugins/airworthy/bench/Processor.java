package io.jenkins.plugins.airworthy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time, user and system, of this process and of its children that have ended, as Linux counts it. */
final class Processor {
    /** The kernel tells programs these times in hundredths of a second, whatever its own clock does. */
    private static final double TICKS_A_SECOND = 100;

    private Processor() {}

    static double seconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 11; field < 15; field++) { // utime, stime, cutime, cstime of proc(5)
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_A_SECOND;
    }
}
