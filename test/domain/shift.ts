/** An instant of Asia/Shanghai, of the charity day where no other day is named. */
export const at = (time: string, day = "2026-09-05") => Date.parse(`${day}T${time}:00+08:00`);

/** A shift of the charity day. */
export const shift = { id: "shift_1", startsAt: at("09:00"), endsAt: at("11:00") };
