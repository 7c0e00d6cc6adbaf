package io.jenkins.plugins.airworthy.jenkins.run.record;

import jenkins.security.HMACConfidentialKey;

/** A message authentication code with a secret of this controller, which jobs, agents and forms never see. */
final class ControllerMac implements RecordMac {
    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(ImageRecord.class, "record");

    @Override
    public byte[] of(byte[] content) {
        return KEY.mac(content);
    }

    @Override
    public boolean isOf(byte[] content, byte[] seal) {
        return KEY.checkMac(content, seal);
    }
}
