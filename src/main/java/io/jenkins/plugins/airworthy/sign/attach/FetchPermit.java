package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A permit to fetch evidence from a registry. Each registry has the same small number, over all concurrent verdicts, so that
 * transfers take bounded memory and disk, and a slow registry delays only its own verdicts.
 */
final class FetchPermit {
    /** Maximum number of pieces of evidence fetched from one registry at once. */
    static final int TURNS = 24;

    private static final Map<String, Semaphore> FREE = new ConcurrentHashMap<>();

    private final Semaphore turns;

    private FetchPermit(Semaphore turns) {
        this.turns = turns;
    }

    /** Waits for a permit. */
    static FetchPermit at(ImageReference place) throws InterruptedException {
        String keeper = place instanceof RegistryReference registry ? registry.host() : place.repository();
        Semaphore turns = FREE.computeIfAbsent(keeper, name -> new Semaphore(TURNS, true));
        turns.acquire();
        return new FetchPermit(turns);
    }

    void giveBack() {
        turns.release();
    }
}
