import type { Moment } from './steps.ts';

const dayMs = 86_400_000;
const shanghaiMs = 8 * 3_600_000;

/** Start of the local day (Asia/Shanghai) as epoch milliseconds. */
const startOfDay = (at: number) => Math.floor((at + shanghaiMs) / dayMs) * dayMs - shanghaiMs;
const dateOf = (at: number) => new Date(at + shanghaiMs).toISOString().slice(0, 10);

/** Turns the samples' moments into instants: working days are counted back from the day of `now`. */
export function timetable(now: number, isWorkingDay: (date: string) => boolean) {
  const today = startOfDay(now);
  const startOfWorkingDay = (daysBack: number) => {
    let day = today;
    for (let left = daysBack; left > 0; ) {
      day -= dayMs;
      if (isWorkingDay(dateOf(day))) left--;
    }
    return day;
  };
  return {
    instantOf(moment: Moment): number {
      if ('minutesAgo' in moment) return now - moment.minutesAgo * 60_000;
      const [hours, minutes] = moment.time.split(':').map(Number);
      return startOfWorkingDay(-moment.day) + (hours! * 60 + minutes!) * 60_000;
    },
    /** Every full hour of the day between the two: the clock stops there, so that alarms fire about when they are due. */
    hoursBetween(from: number, to: number): number[] {
      const hours: number[] = [];
      for (let at = Math.ceil(from / 3_600_000) * 3_600_000; at < to; at += 3_600_000) {
        const hour = new Date(at + shanghaiMs).getUTCHours();
        if (hour >= 8 && hour <= 18) hours.push(at);
      }
      return hours;
    },
  };
}
