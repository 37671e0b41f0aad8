/* Marks a region of interest for Emu's plugins: -p NAME,start=hint,stop=hint. The instructions do nothing, here or on any other machine. */
#ifndef EMU_REGION_H
#define EMU_REGION_H

#define EMU_REGION_START() __asm__ volatile("slti zero, zero, 0x7e1" ::: "memory")
#define EMU_REGION_STOP() __asm__ volatile("slti zero, zero, 0x7e2" ::: "memory")

#endif
