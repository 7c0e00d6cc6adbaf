package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * One of a registry's turns to have evidence fetched from it. However many verdicts are made at once, each registry has the same few, so
 * that what is under way takes bounded memory and disk, and one that sends slowly keeps only those waiting who ask it.
 */
final class EvidenceTurn {
    /** How many pieces of evidence are fetched from one registry at once. */
    static final int TURNS = 24;

    private static final Map<String, Semaphore> FREE = new ConcurrentHashMap<>();

    private final Semaphore turns;

    private EvidenceTurn(Semaphore turns) {
        this.turns = turns;
    }

    /** Waits for a turn. */
    static EvidenceTurn at(ImageReference place) throws InterruptedException {
        String keeper = place instanceof RegistryReference registry ? registry.host() : place.repository();
        Semaphore turns = FREE.computeIfAbsent(keeper, name -> new Semaphore(TURNS, true));
        turns.acquire();
        return new EvidenceTurn(turns);
    }

    void giveBack() {
        turns.release();
    }
}
