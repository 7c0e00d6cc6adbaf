package hudson.util;

import org.kohsuke.stapler.HttpResponse;

import java.util.ArrayList;
import java.util.Collection;

public class ComboBoxModel extends ArrayList<String> implements HttpResponse {
    public ComboBoxModel() {}

    public ComboBoxModel(Collection<? extends String> values) {
        super(values);
    }
}
