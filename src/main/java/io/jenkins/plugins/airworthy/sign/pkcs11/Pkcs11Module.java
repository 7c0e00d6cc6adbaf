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
 * A module's library in this process. There is one instance of each, used by one thread at a time: a login applies to the
 * whole process, so that the login of one signature would unlock the token for another.
 *
 * <p>After a failure the module is finalised, and initialised again at the next use; many modules notice only so that a token was
 * removed or inserted. A module that other code in this process initialised is never finalised.
 */
final class Pkcs11Module {
    /** Time limit for the wait for earlier signatures. */
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

    /** An action with exclusive use of a module. */
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
            throw new InvalidInputException("the PKCS #11 module " + file + " is not a file");
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

    /** Looks for tokens again; returns whether that was possible. */
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

    /** Finalises the module now; its next use initialises it again. */
    void end() {
        begun = false;
        if (ours) {
            ours = false;
            try {
                cryptoki.terminate();
            } catch (CryptokiException e) {
                // If finalising fails, the next initialisation reports it.
                begun = false;
            }
        }
    }
}
