package io.jenkins.plugins.airworthy.jenkins.run;

/** Tells what this controller wrote from what somebody else wrote. */
interface Seal {
    byte[] of(byte[] content);

    /** In constant time. */
    boolean isOf(byte[] content, byte[] seal);
}
