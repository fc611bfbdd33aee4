package io.sockeye.testbed.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.testbed.client.Way;
import io.sockeye.testbed.docs.DeployPage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The proxies of {@code docs/deploy.md}: how each is started with the settings that stand there. */
enum ReverseProxy {
    NGINX("nginx", "nginx", "listen 443", "listen 127.0.0.1:PORT") {
        /** What the system's nginx.conf has around the page's file. */
        @Override
        String file(String settings, Path directory) {
            return """
                    daemon off;
                    master_process off;
                    pid nginx.pid;
                    events {}
                    http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    %s
                    }
                    """.formatted(settings);
        }

        @Override
        List<String> arguments(Path file) {
            return List.of("-p", file.getParent().toString(), "-e", "stderr", "-c", file.toString());
        }
    },
    HAPROXY("haproxy", "haproxy", "bind :443", "bind 127.0.0.1:PORT") {
        @Override
        String file(String settings, Path directory) {
            return settings;
        }

        @Override
        List<String> arguments(Path file) {
            return List.of("-db", "-f", file.toString());
        }
    },
    APACHE("apache", "apache2", "<VirtualHost *:443>", "Listen 127.0.0.1:PORT\n<VirtualHost *:PORT>") {
        /** Debian's a2enmod enables what a module needs as well. */
        private static final List<String> NEEDED =
                List.of("mpm_event", "authz_core", "proxy", "slotmem_shm", "socache_shmcb");

        @Override
        String file(String settings, Path directory) {
            var modules = Stream.concat(NEEDED.stream(), Arrays.stream(DeployPage.apacheModules()))
                    .map(name -> "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n".formatted(name, name))
                    .collect(Collectors.joining());
            return """
                    ServerName localhost
                    DefaultRuntimeDir %s
                    PidFile %s/httpd.pid
                    ErrorLog /dev/stderr
                    User #65534
                    Group #65534
                    %s
                    %s
                    """.formatted(directory, directory, modules, settings);
        }

        @Override
        List<String> arguments(Path file) {
            return List.of("-f", file.toString(), "-DFOREGROUND");
        }

        /** None of WebSockets. */
        @Override
        Set<Way> timesOut() {
            return EnumSet.of(Way.POLLING);
        }
    },
    CADDY("caddy", "caddy", "chat.example.com {", "https://127.0.0.1:PORT {") {
        /** It would listen on port 80 as well, and on all addresses. */
        @Override
        String file(String settings, Path directory) {
            return """
                    {
                        admin off
                        auto_https disable_redirects
                        default_bind 127.0.0.1
                    }
                    %s
                    """.formatted(settings);
        }

        @Override
        List<String> arguments(Path file) {
            return List.of("run", "--adapter", "caddyfile", "--config", file.toString());
        }

        @Override
        Set<Way> timesOut() {
            return Set.of();
        }
    };

    /** Which idle connections its timeouts end. */
    Set<Way> timesOut() {
        return EnumSet.of(Way.POLLING, Way.WEBSOCKET);
    }

    private static final List<String> FOLDERS_OF_DAEMONS = List.of("/usr/sbin", "/usr/local/sbin");

    private final String language;
    private final String program;
    /** Where the page's settings listen, and where the test has them listen instead. */
    private final String listens;

    private final String listensHere;

    ReverseProxy(String language, String program, String listens, String listensHere) {
        this.language = language;
        this.program = program;
        this.listens = listens;
        this.listensHere = listensHere;
    }

    /** All that its process reads. */
    abstract String file(String settings, Path directory);

    /** What follows the program's name. */
    abstract List<String> arguments(Path file);

    /** As the page has them. */
    String settings() {
        return DeployPage.settings(language);
    }

    /** The settings with a port of this machine's loopback address. */
    String listenOn(int port, String settings) {
        assertThat(settings).contains(listens);
        return settings.replace(listens, listensHere.replace("PORT", String.valueOf(port)));
    }

    String program() {
        return program;
    }

    /** Where the program is, if it is installed. */
    Optional<Path> find() {
        var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        return Stream.concat(Arrays.stream(path), FOLDERS_OF_DAEMONS.stream())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
