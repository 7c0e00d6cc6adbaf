module io.jenkins.plugins.airworthy/buildkit

go 1.26.8

require (
	github.com/docker/buildx v0.38.2
	github.com/moby/buildkit v0.34.2
)
