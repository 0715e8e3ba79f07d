littlefoot.littlefoot();
