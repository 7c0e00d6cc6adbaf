package io.jenkins.plugins.airworthy.fuzz;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Counts what each thread prints: a parser has nothing to say there, least of all a stranger's words. */
final class Prints extends FilterOutputStream {
    private static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);

    private Prints(OutputStream out) {
        super(out);
    }

    /** Looks at the standard outputs from now on, whichever streams they are. */
    static synchronized void watch() {
        if (!(System.err instanceof Watched)) {
            System.setErr(new Watched(System.err));
        }
        if (!(System.out instanceof Watched)) {
            System.setOut(new Watched(System.out));
        }
    }

    static long ofThisThread() {
        return COUNT.get()[0];
    }

    @Override
    public void write(int octet) throws IOException {
        COUNT.get()[0]++;
        super.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        COUNT.get()[0] += length;
        out.write(bytes, offset, length);
    }

    private static final class Watched extends PrintStream {
        Watched(PrintStream stream) {
            super(new Prints(stream), true, StandardCharsets.UTF_8);
        }
    }
}
