package io.jenkins.plugins.airworthy.jenkins.ui;

import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A person at a browser, logged in or not; an answer that is an error is an answer too. */
final class Visitor implements AutoCloseable {
    private final JenkinsRule.WebClient client;
    private final URL root;

    Visitor(JenkinsRule jenkins, String name) throws Exception {
        this.client = jenkins.createWebClient();
        this.root = jenkins.getURL();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.setRefreshHandler(
                (page, url, seconds) -> {}); // stays on a refusal instead of going on to the login form
        client.getOptions().setJavaScriptEnabled(false);
        if (!name.isEmpty()) {
            client.login(name);
        }
    }

    String get(String path) throws Exception {
        return client.getPage(new URL(root, path)).getWebResponse().getContentAsString();
    }

    /** What a reader sees of a page, regardless of the line breaks within a name. */
    static String read(String page) {
        return page.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
    }

    /** A page on which hostile text must be, and must be nothing but text. */
    String getHarmless(String path) throws Exception {
        HtmlPage page = client.getPage(new URL(root, path));
        String content = page.getWebResponse().getContentAsString();
        HostileText.assertHarmless(content, path);
        assertThat(page.<Object>getByXPath("//*[@onerror or @autofocus or contains(@onfocus, 'alert')]"))
                .as("elements that %s got from strangers", path)
                .isEmpty();
        return content;
    }

    int status(String path) throws Exception {
        return client.getPage(new URL(root, path)).getWebResponse().getStatusCode();
    }

    Page post(String path, String... namesAndValues) throws Exception {
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        List<NameValuePair> parameters = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(new NameValuePair(namesAndValues[i], namesAndValues[i + 1]));
        }
        request.setRequestParameters(parameters);
        request.setCharset(java.nio.charset.StandardCharsets.UTF_8);
        return client.getPage(request);
    }

    @Override
    public void close() {
        client.close();
    }
}
