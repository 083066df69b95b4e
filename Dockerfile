# The collection in a container: builds everything once, then runs the main job.
#   docker build -t backpropagation-notebooks .
#   docker run --rm -v "$PWD/reports:/project/reports" backpropagation-notebooks
#   docker run --rm -p 8888:8888 backpropagation-notebooks npm run lab -- --ip=0.0.0.0 --allow-root
FROM node:20.20.2-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends chromium g++ python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /project
COPY . .
RUN npm run set-up

CMD ["npm", "start"]
