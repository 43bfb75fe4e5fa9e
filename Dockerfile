FROM python:3.12-slim

# The first process of a container is spared the signals that would end it, and ours has to end when it must: tini goes first.
# No version of it: the one that is named here today is gone from Debian's archive tomorrow.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home coolhead && install -d -o coolhead -g coolhead /data
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bot ./bot
COPY adapters ./adapters
COPY responders ./responders
RUN pip install --no-cache-dir --no-deps .

USER 10001
ENV COOLHEAD_HOST=0.0.0.0 COOLHEAD_DATA_DIR=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8420
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8420/readyz', timeout=2)"]
ENTRYPOINT ["tini", "--", "coolhead"]
CMD ["run"]
