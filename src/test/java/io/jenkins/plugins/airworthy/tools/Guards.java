package io.jenkins.plugins.airworthy.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The proxies between a client and a registry in many companies, with the programs that they use. */
public final class Guards {
    private Guards() {}

    /** nginx with TLS before a registry: asks for a client certificate, and takes no body above its usual 1 MiB. */
    public static RegistryServer nginx(Path folder, RegistryServer registry, String certificate, String authority)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("clients.pem"), authority);
        return start(folder, registry, certificate, "ssl_client_certificate clients.pem; ssl_verify_client on;");
    }

    /** nginx with TLS before a registry, which hands on whatever comes. */
    public static RegistryServer tls(Path folder, RegistryServer registry, String certificate)
            throws IOException, InterruptedException {
        String handOn = "client_max_body_size 0; proxy_http_version 1.1; proxy_request_buffering off;"
                + " proxy_buffering off;";
        return start(folder, registry, certificate, handOn);
    }

    private static RegistryServer start(Path folder, RegistryServer registry, String certificate, String more)
            throws IOException, InterruptedException {
        Tool tool = Tool.require("nginx");
        int port = RegistryServer.freePort();
        Files.writeString(folder.resolve("server.pem"), certificate);
        Files.createDirectories(folder.resolve("temporary"));
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user root;
                pid nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path temporary/body;
                    proxy_temp_path temporary/proxy;
                    fastcgi_temp_path temporary/fastcgi;
                    uwsgi_temp_path temporary/uwsgi;
                    scgi_temp_path temporary/scgi;
                    server {
                        listen %d ssl;
                        ssl_certificate server.pem;
                        ssl_certificate_key server.pem;
                        %s
                        location / {
                            proxy_pass http://%s;
                            proxy_set_header Host $http_host;
                            proxy_set_header X-Forwarded-Proto https;
                        }
                    }
                }
                """.formatted(port, more, registry.host()));
        return RegistryServer.start(
                folder, port, List.of(tool.executable().toString(), "-p", folder.toString(), "-c", config.toString()));
    }

    /** tinyproxy with a user and a password, which lets through to one port. */
    public static RegistryServer tinyproxy(Path folder, String user, String password, int to)
            throws IOException, InterruptedException {
        Tool tool = Tool.require("tinyproxy");
        int port = RegistryServer.freePort();
        Path config = Files.writeString(folder.resolve("tinyproxy.conf"), """
                Port %d
                Listen 127.0.0.1
                Allow 127.0.0.1
                BasicAuth %s %s
                ConnectPort %d
                LogLevel Connect
                LogFile "%s"
                """.formatted(
                        port, user, password, to, folder.resolve("proxied.log")));
        return RegistryServer.start(folder, port, List.of(tool.executable().toString(), "-d", "-c", config.toString()));
    }
}
