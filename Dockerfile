# docker build -t archive .
# docker run --rm --read-only --tmpfs /tmp --network none \
#     -v archive:/data -v "$PWD/seeds:/in:ro" archive add /in
# docker run --rm --read-only --tmpfs /tmp -v archive:/data -p 127.0.0.1:8000:8000 archive
#
# The root file system may be read-only; all that is kept is in the volume /data. Nothing is fetched
# at run time: only serving needs a network, and only to be reached.

FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/archive
COPY constraints.txt .
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY indexer indexer
COPY translations translations
COPY webui webui
RUN /opt/archive/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home archive && install -d -o archive /data
COPY --from=build /opt/archive /opt/archive
COPY LICENSE NOTICE /opt/archive/
ENV PATH=/opt/archive/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    ARCHIVE_DIR=/data/archive \
    ARCHIVE_MODELS=/data/models
USER archive
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --start-period=20s CMD ["python", "-c", \
    "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
ENTRYPOINT ["archive"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
