package io.jenkins.plugins.airworthy.jenkins.run.record;

/** Tells what this controller wrote from what somebody else wrote. */
interface RecordMac {
    byte[] of(byte[] content);

    /** In constant time. */
    boolean isOf(byte[] content, byte[] seal);
}
