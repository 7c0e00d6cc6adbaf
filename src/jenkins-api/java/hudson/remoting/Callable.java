package hudson.remoting;

import org.jenkinsci.remoting.RoleSensitive;

import java.io.Serializable;

public interface Callable<V, T extends Throwable> extends Serializable, RoleSensitive {
    V call() throws T;
}
