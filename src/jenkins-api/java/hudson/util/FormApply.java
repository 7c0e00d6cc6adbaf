package hudson.util;

import org.kohsuke.stapler.HttpResponses;

public class FormApply {
    private FormApply() {}

    public static boolean isApply(org.kohsuke.stapler.StaplerRequest2 request) {
        throw new UnsupportedOperationException();
    }

    public static HttpResponses.HttpResponseException success(String destination) {
        throw new UnsupportedOperationException();
    }
}
