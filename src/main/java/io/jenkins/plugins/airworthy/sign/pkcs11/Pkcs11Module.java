package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A module's library in this process. There is one of each, used by one thread at a time: whether somebody is logged in
 * is the whole process's state, so that one signing's log-in would open the token for another's.
 *
 * <p>After a failure the module is ended and begun anew at the next use, which is how many modules notice that a token was
 * taken out or put back. A module that somebody else in this process began is never ended.
 */
final class Pkcs11Module {
    /** How long a signing waits for those before it. */
    static final long WAIT_LIMIT_SECONDS = 120;

    private static final Map<Path, Pkcs11Module> LOADED = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock(true);
    private final String name;
    private final Cryptoki cryptoki;
    private final RefusedPins refusedPins = new RefusedPins();
    private boolean begun;
    private boolean ours;

    Pkcs11Module(String name, Cryptoki cryptoki) {
        this.name = name;
        this.cryptoki = cryptoki;
    }

    /** What is done with a module while nobody else uses it. */
    @FunctionalInterface
    interface Work<T> {
        T with(Cryptoki cryptoki) throws CryptokiException, AirworthyException, InterruptedException;
    }

    static Pkcs11Module of(Path file) throws AirworthyException {
        Path real;
        try {
            real = file.toRealPath();
        } catch (IOException e) {
            throw new UndecidedException(
                    "there is no PKCS #11 module " + file + ", or its folder may not be read: install the library of"
                            + " the token's maker, and check the path",
                    e);
        }
        if (!Files.isRegularFile(real)) {
            throw new InvalidInputException("the PKCS #11 module " + file + " is no file");
        }
        synchronized (LOADED) {
            Pkcs11Module loaded = LOADED.get(real);
            if (loaded == null) {
                loaded = new Pkcs11Module(file.toString(), NativeCryptoki.load(real));
                LOADED.put(real, loaded);
            }
            return loaded;
        }
    }

    RefusedPins refusedPins() {
        return refusedPins;
    }

    /** @param key names the key in errors */
    <T> T use(Pkcs11Uri key, Work<T> work) throws AirworthyException, InterruptedException {
        if (!lock.tryLock(WAIT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new UndecidedException(key + ": the PKCS #11 module " + name + " was busy for " + WAIT_LIMIT_SECONDS
                    + " s with other signatures: try again later");
        }
        boolean done = false;
        try {
            begin();
            T result = work.with(cryptoki);
            done = true;
            return result;
        } catch (CryptokiException e) {
            throw TokenFailure.explain(e, key);
        } finally {
            if (!done) {
                end();
            }
            lock.unlock();
        }
    }

    /** Looks for tokens anew; whether that was possible. */
    boolean refresh() throws CryptokiException {
        if (!ours) {
            return false;
        }
        end();
        begin();
        return true;
    }

    private void begin() throws CryptokiException {
        if (!begun) {
            ours = cryptoki.initialize();
            begun = true;
        }
    }

    /** Ends the module now; its next use begins it anew. */
    void end() {
        begun = false;
        if (ours) {
            ours = false;
            try {
                cryptoki.terminate();
            } catch (CryptokiException e) {
                // A module that cannot even be ended says so again at its next beginning.
                begun = false;
            }
        }
    }
}
