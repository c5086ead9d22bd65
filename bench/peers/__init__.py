"""What people would pick instead, each in a process of its own; installed only to be measured."""
