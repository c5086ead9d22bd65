# Everything is built in a first stage; the last has the result and no tool that made it.
# The minor version of Python is the one that the tests run on.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1

COPY requirements/build.lock requirements/run.lock requirements/
RUN python -m venv /build \
 && python -m venv --without-pip /opt/countersign \
 && /build/bin/pip install --require-hashes -r requirements/build.lock \
 && /build/bin/pip --python /opt/countersign/bin/python install \
      --require-hashes --only-binary :all: -r requirements/run.lock

COPY pyproject.toml hatch_build.py package.json package-lock.json .npmrc ./
COPY domain domain
COPY projections projections
COPY adapters adapters
COPY web web
COPY countersign countersign
RUN /build/bin/pip wheel --no-build-isolation --no-deps --wheel-dir /wheels . \
 && /build/bin/pip --python /opt/countersign/bin/python install --no-deps /wheels/*.whl

FROM python:3.11.14-slim-bookworm
RUN groupadd --gid 10001 countersign \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin countersign \
 && install -d -o 10001 -g 10001 /var/lib/countersign
COPY --from=build /opt/countersign /opt/countersign
ENV PATH=/opt/countersign/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    COUNTERSIGN_DATA=/var/lib/countersign \
    COUNTERSIGN_HOST=0.0.0.0 \
    COUNTERSIGN_METRICS_PORT=9000
USER 10001:10001
WORKDIR /var/lib/countersign
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9000/health/ready', timeout=4)"]
CMD ["countersign", "run"]
