package org.kohsuke.stapler;

import net.sf.json.JSONObject;

public interface StaplerRequest2 {
    void bindJSON(Object bean, JSONObject source);

    <T> T bindJSON(Class<T> type, JSONObject source);

    JSONObject getSubmittedForm() throws jakarta.servlet.ServletException;

    String getParameter(String name);

    String[] getParameterValues(String name);

    String getRestOfPath();

    String getMethod();
}
