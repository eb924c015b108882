// Types and codes of linux/input-event-codes.h, as far as pointers need them.

export const EV_SYN = 0x00;
export const EV_KEY = 0x01;
export const EV_REL = 0x02;
export const EV_ABS = 0x03;

export const SYN_REPORT = 0;
export const SYN_MT_REPORT = 2;
export const SYN_DROPPED = 3;

export const REL_X = 0x00;
export const REL_Y = 0x01;

export const ABS_X = 0x00;
export const ABS_Y = 0x01;
export const ABS_PRESSURE = 0x18;
export const ABS_MT_SLOT = 0x2f;
export const ABS_MT_TOUCH_MAJOR = 0x30;
export const ABS_MT_POSITION_X = 0x35;
export const ABS_MT_POSITION_Y = 0x36;
export const ABS_MT_TOOL_TYPE = 0x37;
export const ABS_MT_TRACKING_ID = 0x39;
export const ABS_MT_PRESSURE = 0x3a;
export const ABS_MT_DISTANCE = 0x3b;

/** A tool that is no finger: the ball of a hand. */
export const MT_TOOL_PALM = 2;

export const BTN_LEFT = 0x110;
/** The first of the buttons of joysticks and gamepads, and the one after the last. */
export const BTN_JOYSTICK = 0x120;
export const BTN_DIGI = 0x140;
export const BTN_TOOL_PEN = 0x140;
export const BTN_TOOL_FINGER = 0x145;
export const BTN_TOUCH = 0x14a;

export const INPUT_PROP_DIRECT = 0x01;
export const INPUT_PROP_ACCELEROMETER = 0x06;
