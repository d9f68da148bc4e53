-- Guards of what this release adds are written by hand here.
SELECT 1;
