package io.jenkins.plugins.airworthy.jenkins.run.record;

/** A message authentication code that shows whether this controller wrote a record. */
interface RecordMac {
    byte[] of(byte[] content);

    /** Compares in constant time. */
    boolean isOf(byte[] content, byte[] seal);
}
