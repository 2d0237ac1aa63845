/** Whether an absolute path is the folder, or lies in it. Both without `..` and a slash at their ends. */
export const isWithin = (file: string, folder: string): boolean =>
  file === folder || file.startsWith(folder === "/" ? "/" : `${folder}/`);
