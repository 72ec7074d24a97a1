// Starts an engine in a page and gives it jobs, as the protocol at the top of its worker.js has it.

export class Engine {
  constructor({ base, scripts }) {
    Object.assign(this, { base: new URL(base, location), scripts, jobs: 0, starts: 0 });
  }

  /** Starts a worker; of what was kept, if there was one before. */
  async start() {
    this.text ??= await Promise.all(this.scripts.map(async (name) => (await fetch(new URL(name, this.base))).text()));
    const url = URL.createObjectURL(new Blob(this.text.flatMap((text) => [text, "\n"]), { type: "text/javascript" }));
    this.worker = new Worker(url, { type: "module" });
    this.starts += 1;
    await this.next((said) => said.ready);
    this.worker.postMessage({ base: this.base.href, kept: this.kept });
    const said = await this.next((said) => said.loaded || said.failed);
    if (said.failed) throw new Error(said.failed);
    this.kept = said.kept;
  }

  next(wanted) {
    return new Promise((resolve, reject) => {
      this.worker.onerror = (event) => reject(new Error(event.message));
      this.worker.onmessage = ({ data }) => wanted(data) && resolve(data);
    });
  }

  stop() {
    this.worker?.terminate();
    this.worker = null;
  }

  /** All that is said of a job; {late: true} is the last if a case took too long. */
  async run(job, time = 3000) {
    if (!this.worker) await this.start();
    const said = [];
    const number = (this.jobs += 1);
    await new Promise((resolve) => {
      let timer;
      const arm = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          said.push({ late: true });
          this.stop();
          resolve();
        }, time);
      };
      this.worker.onmessage = ({ data }) => {
        if (data.job !== number) return;
        said.push(data);
        arm();
        if (!data.done) return;
        clearTimeout(timer);
        if (data.ends) this.stop();
        resolve();
      };
      arm();
      this.worker.postMessage({ ...job, job: number });
    });
    return said;
  }
}
