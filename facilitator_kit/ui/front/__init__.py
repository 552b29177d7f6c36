"""What is seen before a workspace is open: welcome, first-run wizard, unlocking, restoring."""
