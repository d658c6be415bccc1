"""Its place puts this folder on the path of every test, so that what tests share can be imported by name."""
