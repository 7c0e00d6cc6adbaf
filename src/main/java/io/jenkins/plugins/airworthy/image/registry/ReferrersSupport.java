package io.jenkins.plugins.airworthy.image.registry;

/** How a registry lists what is attached to an image. */
public enum ReferrersSupport {
    /** Ask for the referrers API, and read the fallback tag where the registry has none. */
    DETECT,
    /** The registry has the API; the fallback tag is never read. */
    API,
    /** The registry has no API, or one that must not be used: only the fallback tag counts. */
    TAG
}
