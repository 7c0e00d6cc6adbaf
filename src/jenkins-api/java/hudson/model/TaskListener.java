package hudson.model;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;

public interface TaskListener extends Serializable {
    TaskListener NULL = () -> new PrintStream(java.io.OutputStream.nullOutputStream(), true);

    PrintStream getLogger();

    default PrintWriter error(String message) {
        throw new UnsupportedOperationException();
    }

    default PrintWriter fatalError(String message) {
        throw new UnsupportedOperationException();
    }
}
