package org.kohsuke.stapler;

import net.sf.json.JSONObject;

import java.util.List;

public interface StaplerRequest2 {
    void bindJSON(Object bean, JSONObject source);

    <T> T bindJSON(Class<T> type, JSONObject source);

    <T> List<T> bindJSONToList(Class<T> type, Object source);

    JSONObject getSubmittedForm() throws jakarta.servlet.ServletException;

    String getParameter(String name);

    String[] getParameterValues(String name);

    String getRestOfPath();

    String getMethod();

    jakarta.servlet.http.HttpSession getSession();
}
