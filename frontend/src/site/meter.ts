// How loud the microphone is, as a bar; and a tone to hear whether the loudspeaker works.

import { find } from "./facts";

const LOUD_ENOUGH = 0.08;

export class Meter {
  private context: AudioContext | null = null;
  private source: MediaStreamAudioSourceNode | null = null;
  private frame = 0;
  private heard = false;

  /** `whenHeard` is called once for each stream in which somebody spoke. */
  constructor(private readonly whenHeard: () => void) {}

  follow(stream: MediaStream): void {
    this.rest();
    this.heard = false;
    const context = this.awake();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    this.source = context.createMediaStreamSource(stream);
    this.source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const measure = (): void => {
      analyser.getFloatTimeDomainData(samples);
      this.show(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length));
      this.frame = requestAnimationFrame(measure);
    };
    measure();
  }

  rest(): void {
    cancelAnimationFrame(this.frame);
    this.source?.disconnect();
    this.source = null;
    this.bar().value = 0;
  }

  async playTone(): Promise<void> {
    const context = this.awake();
    const tone = context.createOscillator();
    const volume = context.createGain();
    volume.gain.setValueAtTime(0.2, context.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.8);
    tone.frequency.value = 660;
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.8);
  }

  /** Speech is quiet in numbers: the root makes ordinary speech fill the middle of the bar. */
  private show(level: number): void {
    const shown = Math.min(1, Math.sqrt(level) * 1.6);
    this.bar().value = shown;
    if (!this.heard && level > LOUD_ENOUGH) {
      this.heard = true;
      this.whenHeard();
    }
  }

  private awake(): AudioContext {
    this.context ??= new AudioContext();
    void this.context.resume();
    return this.context;
  }

  private bar(): HTMLMeterElement {
    return find<HTMLMeterElement>("level");
  }
}
